import type { ReceiptWords } from './receipt-words.ts'

/** The look of the app on paper: always light, since it is shown on another phone. */
const COLOURS = {
  paper: '#fbf7ee',
  cloth: '#232f66',
  deep: '#171f47',
  ink: '#17182b',
  soft: '#494b60',
  line: '#e2d9c4',
  threads: ['#f0a818', '#d3372d', '#ffffff'],
  confirmed: ['#146040', '#e2f1e8'],
  unconfirmed: ['#82390f', '#fbead0'],
} as const
const WIDE = 720
const EDGE = 48
const FONT = 'system-ui, "Noto Sans", sans-serif'

/** Writes downwards; `y` is where the next line stands. */
class Pen {
  y = 0

  constructor(readonly on: CanvasRenderingContext2D) {}

  write(text: string, px: number, colour: string, weight = 400, room = WIDE - 2 * EDGE): void {
    this.on.font = `${weight} ${px}px ${FONT}`
    this.on.fillStyle = colour
    for (const line of this.lines(text, room)) {
      this.y += px * 1.35
      this.on.fillText(line, EDGE, this.y - px * 0.35, room)
    }
  }

  /** As many words as fit; one that is wider than the paper is pressed together. */
  private lines(text: string, room: number): string[] {
    const lines: string[] = []
    for (const word of text.split(' ')) {
      const longer = lines.length ? `${lines.at(-1)} ${word}` : word
      if (lines.length && this.on.measureText(longer).width <= room) lines[lines.length - 1] = longer
      else lines.push(word)
    }
    return lines
  }
}

/** Diamonds in diamonds, the band of the app. */
function brocade(on: CanvasRenderingContext2D, top: number, high: number): void {
  on.fillStyle = COLOURS.deep
  on.fillRect(0, top, WIDE, high)
  const half = high / 2
  for (let x = half; x < WIDE + high; x += high)
    for (const [n, size] of [half, half * 0.6, half * 0.25].entries()) {
      on.fillStyle = COLOURS.threads[n] ?? COLOURS.ink
      on.beginPath()
      on.moveTo(x, top + half - size)
      on.lineTo(x + size, top + half)
      on.lineTo(x, top + half + size)
      on.lineTo(x - size, top + half)
      on.fill()
    }
}

function rule(pen: Pen): void {
  pen.y += 24
  pen.on.fillStyle = COLOURS.line
  pen.on.fillRect(EDGE, pen.y, WIDE - 2 * EDGE, 3)
  pen.y += 12
}

/** Draws once to know how high it is, then on paper of that height. */
function draw(on: CanvasRenderingContext2D, words: ReceiptWords, high: number): number {
  const pen = new Pen(on)
  on.fillStyle = COLOURS.paper
  on.fillRect(0, 0, WIDE, high)
  on.fillStyle = COLOURS.cloth
  on.fillRect(0, 0, WIDE, 128)
  pen.y = 34
  pen.write(words.coop.replaceAll(' ', '\u00a0'), 40, '#ffffff', 700)
  brocade(on, 128, 32)
  pen.y = 184
  pen.write(words.title, 34, COLOURS.cloth, 700)
  pen.write(`${words.number} · ${words.sold_at}`, 26, COLOURS.soft)
  rule(pen)
  pen.write(words.product_name, 40, COLOURS.ink, 700)
  pen.write(words.quantity, 32, COLOURS.ink)
  pen.write(words.total, 64, COLOURS.cloth, 700)
  rule(pen)
  for (const line of words.lines) pen.write(line, 30, COLOURS.ink)
  pen.y += 24
  const [ink, wash] = words.is_confirmed ? COLOURS.confirmed : COLOURS.unconfirmed
  const top = pen.y
  on.fillStyle = wash
  on.fillRect(0, top, WIDE, high - top)
  pen.y += 20
  pen.write(`${words.is_confirmed ? '✓' : '!'} ${words.state}`, 30, ink, 700)
  return pen.y + 28
}

/** A PNG. Rejects where the phone has no room for a canvas. */
export async function receipt_picture(words: ReceiptWords): Promise<Blob> {
  const canvas = document.createElement('canvas')
  canvas.width = WIDE
  const on = canvas.getContext('2d')
  if (!on) throw new Error('no canvas')
  const high = Math.ceil(draw(on, words, 0))
  canvas.height = high // This clears it.
  draw(on, words, high)
  const made = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!made) throw new Error('no picture')
  return made
}
