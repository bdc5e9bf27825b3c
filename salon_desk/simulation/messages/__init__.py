"""Some months of a made-up chain that writes to its members, lived through by the real triggers, gate and sender.

Members, what they do and the provider are made up here; what may never happen is checked by a witness of its own, which reads the
journal alone and shares no code with the gate. The same seed gives the same hash.
"""
