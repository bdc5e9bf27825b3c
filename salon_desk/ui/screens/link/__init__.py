"""The link to head office: enrolment before there is one, its state, what was set aside, and codes afterwards.

The network lives behind `ui/link_desk.py`.
"""
