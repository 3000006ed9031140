"""What `ikrar bench` measures: on a made-up office of its own, through the doors that users use."""
