"""Taking the roll without a network: what the device sends later, and the files it works with."""
