from cargo.models import Port

same = Port
