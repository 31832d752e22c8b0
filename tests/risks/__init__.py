"""The risks of publishing and of the preview, tried with real processes, files and sockets."""
