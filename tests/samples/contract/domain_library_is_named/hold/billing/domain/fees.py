import pydantic
import pytest

model = pydantic.BaseModel
raises = pytest.raises
