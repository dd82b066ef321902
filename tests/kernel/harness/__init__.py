"""The engine of the kernel tests: an emulated machine, what is plugged into it, what it says."""
