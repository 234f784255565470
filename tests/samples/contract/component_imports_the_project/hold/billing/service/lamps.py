from lamps import LAMP

light = LAMP
