"""A plot of times against numbers, both on logarithmic scales, as an SVG without a library."""

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil, floor, log10

WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 64, 190, 24, 48
COLOURS = ("#1f6feb", "#d1242f", "#1a7f37", "#9a6700", "#8250df")
Points = Sequence[tuple[float, float]]


def svg(lines: Mapping[str, Points], across: str, up: str) -> str:
    """Return the picture of lines by name; all values are above zero."""
    points = [point for line in lines.values() for point in line]
    x_axis = _axis([x for x, _ in points], LEFT, WIDTH - RIGHT)
    y_axis = _axis([y for _, y in points], HEIGHT - BOTTOM, TOP)
    parts = [*_grid(x_axis, y_axis), *_titles(across, up)]
    for number, (name, line) in enumerate(lines.items()):
        parts += _line(name, [(x_axis.at(x), y_axis.at(y)) for x, y in line], number)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
    style = 'font-family="sans-serif" font-size="12"'
    back = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>'
    return "\n".join([f"{head} {style}>", back, *parts, "</svg>"]) + "\n"


class _Axis:
    """Powers of ten from `low` to `high`, laid from one place to another."""

    def __init__(self, low: int, high: int, begin: float, end: float) -> None:
        self.low, self.high, self._begin = low, high, begin
        self._step = (end - begin) / max(high - low, 1)

    def at(self, value: float) -> float:
        """Return the place of a value."""
        return self._begin + (log10(value) - self.low) * self._step

    def powers(self) -> list[int]:
        """Return the powers of ten that the axis names."""
        return list(range(self.low, self.high + 1))


def _axis(values: Sequence[float], begin: float, end: float) -> _Axis:
    return _Axis(floor(log10(min(values))), ceil(log10(max(values))), begin, end)


def _grid(x_axis: _Axis, y_axis: _Axis) -> list[str]:
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    parts = []
    for power in x_axis.powers():
        x = x_axis.at(10**power)
        parts.append(f'<path d="M{x:.0f} {TOP}V{bottom}" stroke="#ddd"/>')
        name = f"{10**power:,}"
        parts.append(f'<text x="{x:.0f}" y="{bottom + 18}" text-anchor="middle">{name}</text>')
    for power in y_axis.powers():
        y = y_axis.at(10**power)
        parts.append(f'<path d="M{LEFT} {y:.0f}H{right}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{10**power:g}</text>')
    return parts


def _titles(across: str, up: str) -> list[str]:
    middle = (LEFT + WIDTH - RIGHT) // 2
    return [
        f'<text x="{middle}" y="{HEIGHT - 10}" text-anchor="middle">{across}</text>',
        f'<text x="{LEFT - 8}" y="14" text-anchor="end">{up}</text>',
    ]


def _line(name: str, places: Sequence[tuple[float, float]], number: int) -> list[str]:
    colour = COLOURS[number % len(COLOURS)]
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    dots = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
    key = TOP + 14 + 20 * number
    return [
        f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>',
        *dots,
        f'<circle cx="{WIDTH - RIGHT + 16}" cy="{key - 4}" r="4" fill="{colour}"/>',
        f'<text x="{WIDTH - RIGHT + 26}" y="{key}">{escape(name)}</text>',
    ]
