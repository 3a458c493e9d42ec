/** A picture made small enough for one bar of signal. Drawn anew, it carries no place and no name of a phone. */

export const PHOTO_BYTES = 100_000
const THUMBNAIL_PX = 320

/** Longest side and quality, until it fits. */
const STEPS = [
  [1280, 0.7],
  [1280, 0.5],
  [1024, 0.55],
  [800, 0.55],
  [640, 0.5],
  [480, 0.4],
] as const

export interface Encoded {
  type: string
  content: ArrayBuffer
}

export interface Shrunk {
  full: Encoded
  thumbnail: Encoded
}

export type Picture = Blob | ImageBitmap
type Canvas = OffscreenCanvas | HTMLCanvasElement
export type NewCanvas = (width: number, height: number) => Canvas

/** Rejects with the browser's own error for what it cannot decode or draw. */
export async function encode(picture: Picture, new_canvas: NewCanvas): Promise<Shrunk> {
  const bitmap =
    picture instanceof Blob ? await createImageBitmap(picture, { imageOrientation: 'from-image' }) : picture
  let full: Blob | null = null
  for (const [longest_px, quality] of STEPS) {
    full = await draw(bitmap, longest_px, quality, new_canvas)
    if (full.size <= PHOTO_BYTES) break
  }
  const thumbnail = await draw(bitmap, THUMBNAIL_PX, 0.6, new_canvas)
  bitmap.close()
  return { full: await encoded(full ?? thumbnail), thumbnail: await encoded(thumbnail) }
}

const encoded = async (blob: Blob): Promise<Encoded> => ({
  type: blob.type,
  content: await blob.arrayBuffer(),
})

async function draw(
  bitmap: ImageBitmap,
  longest_px: number,
  quality: number,
  new_canvas: NewCanvas,
): Promise<Blob> {
  const scale = Math.min(1, longest_px / Math.max(bitmap.width, bitmap.height))
  const width = Math.max(1, Math.round(bitmap.width * scale))
  const height = Math.max(1, Math.round(bitmap.height * scale))
  const canvas = new_canvas(width, height)
  const context = canvas.getContext('2d') as
    | CanvasRenderingContext2D
    | OffscreenCanvasRenderingContext2D
    | null
  if (!context) throw new Error('no canvas')
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, 0, 0, width, height)
  const webp = await to_blob(canvas, 'image/webp', quality)
  // A browser that cannot make WebP gives a PNG without a word.
  return webp.type === 'image/webp' ? webp : to_blob(canvas, 'image/jpeg', quality)
}

function to_blob(canvas: Canvas, type: string, quality: number): Promise<Blob> {
  if ('convertToBlob' in canvas) return canvas.convertToBlob({ type, quality })
  return new Promise((done, fail) =>
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('no picture'))), type, quality),
  )
}
