"""The Qt client: one window, one module a page, background work as operations. Nothing below imports it.

Nothing here imports the heavy modules of search and store at the top: the window is on the screen before they are read.
"""
