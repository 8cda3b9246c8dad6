"""The sources in rehearsal: a server on this machine that speaks their formats, behaves and misbehaves as asked, and counts every call."""
