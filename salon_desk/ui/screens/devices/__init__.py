"""Devices: how printer, drawer and reader are, what to do about it, and the newest papers.

No port is known here: bootstrap fulfils `ui/device_status.DeviceDesk`.
"""
