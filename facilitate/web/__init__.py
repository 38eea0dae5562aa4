"""Every stage: transport only; HTTP and Socket.IO are two thin doors to the same actions."""
