from bridge import settings

same = settings
