"""Peer comments (読み合い): who agreed reads the plans of who agreed, and leaves a comment."""
