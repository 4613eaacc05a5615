"""What one running mock serves: the contract, the world, and the pipeline's options."""

from dataclasses import dataclass

from mockserver.contract import Contract
from mockserver.world.world import World


@dataclass
class Served:
    """Shared by the steps of the pipeline; `world` may be replaced between two requests."""

    contract: Contract
    world: World
    rate_limits: bool = False
    max_body: int = 2 * 1024 * 1024
    """Largest request body in bytes."""
    max_upload: int = 128 * 1024 * 1024
    """Largest multipart body in bytes; its files are read and not kept."""
    body_timeout: float = 20.0
    """Seconds in which a client must have sent its body."""
