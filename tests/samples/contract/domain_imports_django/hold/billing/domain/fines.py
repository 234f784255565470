import datetime

from typing_extensions import override

now = datetime.datetime.now
same = override
