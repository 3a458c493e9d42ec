/** Makes a picture small, in a worker where the browser has one that can draw, else here. */
import { encode, type Picture, type Shrunk } from './encode.ts'

/** The picture cannot be decoded by this browser. */
export class PhotoError extends Error {
  readonly code = 'not_a_picture'
}

export async function shrink(picture: Picture): Promise<Shrunk> {
  const shrunk = await in_worker(picture).catch(() => null)
  if (shrunk) return shrunk
  try {
    return await encode(picture, (width, height) =>
      Object.assign(document.createElement('canvas'), { width, height }),
    )
  } catch {
    throw new PhotoError()
  }
}

async function in_worker(picture: Picture): Promise<Shrunk | null> {
  const worker = new Worker(new URL('./shrink_worker.ts', import.meta.url), { type: 'module' })
  return new Promise<Shrunk | null>((done, fail) => {
    worker.onmessage = ({ data }: MessageEvent<Shrunk | null>) => done(data)
    worker.onerror = fail
    worker.postMessage(picture) // Copied, not handed over: it may be needed here yet.
  }).finally(() => worker.terminate())
}
