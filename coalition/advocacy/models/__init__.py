"""Who stands behind the law: positions, council resolutions, the road of the bill."""

from coalition.advocacy.models.position import Act, Position, PositionVerification, Stance

__all__ = ["Act", "Position", "PositionVerification", "Stance"]
