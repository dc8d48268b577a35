"""Draws times relative to Hornet's, one line of marks a unit of work, on a logarithmic axis, as SVG."""

import math

# Each library has a colour and a shape, so that colour alone decides nothing.
MARKS = {
    "Hornet": ("hornet", "M0-6.5L6.5 0L0 6.5L-6.5 0Z"),
    "Keras on TensorFlow": ("a", "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0Z"),
    "Keras on JAX": ("b", "M-4.6-4.6H4.6V4.6H-4.6Z"),
    "PyTorch": ("c", "M0-5.6L5.6 4.4H-5.6Z"),
    "PyTorch compiled": ("d", "M0 5.6L5.6-4.4H-5.6Z"),
    "others": ("e", "M-5-1.6H-1.6V-5H1.6V-1.6H5V1.6H1.6V5H-1.6V1.6H-5Z"),
}
STYLE = """
  .page { fill: #ffffff; } .text { fill: #1f2328; } .faint { fill: #59636e; }
  .grid { stroke: #d8dee4; } .one { stroke: #9a6700; stroke-width: 1.5; } .span { stroke: #afb8c1; stroke-width: 2; }
  .hornet { fill: #d97706; } .a { fill: #0969da; } .b { fill: #1a7f37; } .c { fill: #cf222e; } .d { fill: #8250df; }
  .e { fill: #59636e; }
  text { font: 13px system-ui, -apple-system, "Segoe UI", sans-serif; } .small { font-size: 12px; }
  @media (prefers-color-scheme: dark) {
    .page { fill: #0d1117; } .text { fill: #e6edf3; } .faint { fill: #9198a1; }
    .grid { stroke: #2a313c; } .one { stroke: #d29922; } .span { stroke: #4b535d; }
    .hornet { fill: #f0b429; } .a { fill: #58a6ff; } .b { fill: #3fb950; } .c { fill: #ff7b72; } .d { fill: #bc8cff; }
    .e { fill: #9198a1; }
  }
"""
LEFT, RIGHT, TOP, ROW, WIDTH = 330, 30, 74, 38, 900


def svg(rows, shown):
    """`rows`: (title, {library: seconds}) each; `shown` writes a time."""
    ratios = [[(name, t / times["Hornet"]) for name, t in times.items()] for _, times in rows]
    low = min(r for row in ratios for _, r in row)
    high = max(r for row in ratios for _, r in row)
    first, last = math.floor(math.log10(low) * 2) / 2, math.ceil(math.log10(high) * 2) / 2
    bottom = TOP + ROW * len(rows)
    height = bottom + 44

    def x(ratio):
        return round(LEFT + (math.log10(ratio) - first) / (last - first) * (WIDTH - LEFT - RIGHT), 1)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="Times relative to Hornet">',
        f"<style>{STYLE}</style>",
        f'<rect class="page" width="{WIDTH}" height="{height}" rx="8"/>',
        f'<text class="text" x="20" y="28" font-weight="600">Times as multiples of Hornet’s (logarithmic; further left is faster)</text>',
    ]
    at = 20
    for name, (color, shape) in MARKS.items():
        out.append(f'<path class="{color}" d="{shape}" transform="translate({at + 6} 50)"/>')
        out.append(f'<text class="faint small" x="{at + 17}" y="54">{name}</text>')
        at += 34 + 6.6 * len(name)
    for power in range(math.ceil(first), math.floor(last) + 1):
        place = x(10**power)
        out.append(f'<path class="{"one" if power == 0 else "grid"}" d="M{place} {TOP}V{bottom}"/>')
        label = f"{10**power:,}×" if power >= 0 else f"1/{10**-power}×"
        out.append(f'<text class="faint small" x="{place}" y="{bottom + 20}" text-anchor="middle">{label}</text>')
    for index, ((title, times), row) in enumerate(zip(rows, ratios)):
        y = TOP + ROW * index + ROW / 2
        out.append(f'<text class="text" x="20" y="{y - 1}">{title}</text>')
        out.append(f'<text class="faint small" x="20" y="{y + 14}">Hornet {shown(times["Hornet"])}</text>')
        ends = [r for _, r in row]
        out.append(f'<path class="span" d="M{x(min(ends))} {y}H{x(max(ends))}"/>')
        for name, ratio in sorted(row, key=lambda mark: mark[0] == "Hornet"):
            color, shape = MARKS.get(name, MARKS["others"])
            tip = f"<title>{name}: {shown(times[name])}</title>"
            out.append(f'<path class="{color}" d="{shape}" transform="translate({x(ratio)} {y})">{tip}</path>')
    return "\n".join(out + ["</svg>", ""])
