"""What fails a build: the policy, not the severity."""
