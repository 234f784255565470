from pydantic import BaseModel


class LotInfo(BaseModel):
    number: str
