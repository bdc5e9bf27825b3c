"""What two nodes say to each other: messages and their codec, limits of size; and one request to a provider (`exchange`).

No link lives here: `sync` asks, `head_office` answers. Nothing in it assumes that the parent is the root.
"""
