"""What `pulumi preview` runs, where the Python language host is installed."""

from program import program

program()
