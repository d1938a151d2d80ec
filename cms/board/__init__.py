"""살필 것: the secretariat's board. Each room has a module here with its tiles."""

from cms.board.tiles import Entry, Look, Tile, register, tile_named, tiles

__all__ = ["Entry", "Look", "Tile", "register", "tile_named", "tiles"]
