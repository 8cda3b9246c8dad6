"""What legal text is: model, addresses, citations, the registry of acts, text hashes. Pure: no I/O, no GUI, no SQL."""
