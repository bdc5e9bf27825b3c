"""The commands, one file a family: they parse, call what is below, and write results to stdout.

No rule lives here. Logs go to stderr; 0 is success, 2 a refusal in one line, 1 a failure. A command's module is imported
only when it is asked for, so that the others stay quick.
"""
