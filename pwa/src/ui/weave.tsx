import { signal } from '@preact/signals'
import { useId, useMemo } from 'preact/hooks'
import { drawing_of } from './drawing.ts'
import { fold } from './fold.ts'
import { frame_drawn } from './frame_drawn.ts'
import drawings from './goods.svg' // By a name of its content: one that has to be asked for again is read again.

/**
 * The sign of goods: their photo; else a drawing of what they are; else a brocade of its own, woven from the name (always the
 * same for the same name), and its first letter. Who does not read knows it by picture, colour and pattern.
 */
const COLOURS = 8
const STEP = 4 // Cells from the middle of a diamond to its tip.
const SIZE = STEP * 2

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let h = 0x811c9dc5
  for (const character of text) h = Math.imul(h ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return h >>> 0
}

/** One quarter is drawn by the hash's bits and mirrored twice: woven patterns are symmetric. */
function pattern(bits: number): string {
  let path = ''
  for (let x = 0; x < STEP; x++)
    for (let y = 0; y < STEP; y++) {
      const edge = x + y === STEP - 1
      if (!edge && !((bits >>> (x * STEP + y)) & 1)) continue
      for (const px of [STEP + x, STEP - 1 - x])
        for (const py of [STEP + y, STEP - 1 - y]) path += `M${px} ${py}h1v1h-1z`
    }
  return path
}

/** Signs come a frame after the first of them: at launch tiles can be tapped before they are pretty. */
const may_draw = signal(false)
let is_first = true

function draws(): boolean {
  if (is_first) void frame_drawn().then(() => (may_draw.value = true))
  is_first = false
  return may_draw.value
}

interface WeaveProps {
  name: string
  /** Fills the head of a tile, else it is a square. */
  wide?: boolean
  /** The address of a thumbnail, where there is one. */
  photo?: string | null
}

export function Weave({ name, wide = false, photo }: WeaveProps) {
  const h = useMemo(() => hash(fold(name)), [name])
  const drawing = useMemo(() => drawing_of(name), [name])
  return (
    <span class={`weave weave-${(h >>> 13) % COLOURS}${wide ? ' wide' : ''}`} aria-hidden="true">
      {!draws() ? null : photo ? (
        <img src={photo} alt="" decoding="async" />
      ) : drawing ? (
        <svg class="drawing" aria-hidden="true">
          <use href={`${drawings}#${drawing}`} />
        </svg>
      ) : (
        <Cloth name={name} wide={wide} hash={h} />
      )}
    </span>
  )
}

function Cloth({ name, wide, hash }: { name: string; wide: boolean; hash: number }) {
  const path = useMemo(() => pattern(hash >>> 3), [hash])
  const id = useId() // Not the hash: a pattern in a hidden screen paints nothing elsewhere.
  const width = wide ? SIZE * 5 : SIZE * 2
  return (
    <>
      <svg viewBox={`0 0 ${width} ${SIZE * 2}`} preserveAspectRatio="xMidYMid slice" aria-hidden="true">
        <pattern id={id} width={SIZE} height={SIZE} patternUnits="userSpaceOnUse">
          <path d={path} />
        </pattern>
        <rect width={width} height={SIZE * 2} fill={`url(#${id})`} />
      </svg>
      <b>{[...name.trim()][0]?.toUpperCase()}</b>
    </>
  )
}
