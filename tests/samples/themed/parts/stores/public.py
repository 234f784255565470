"""Nothing yet: nobody asks."""
