/** Encodes beside the page, so that it goes on answering taps. Answers null where this browser cannot do it here. */
import { encode, type Picture } from './encode.ts'

const scope = self as unknown as DedicatedWorkerGlobalScope

scope.onmessage = async ({ data }: MessageEvent<Picture>) => {
  try {
    const shrunk = await encode(data, (width, height) => new OffscreenCanvas(width, height))
    scope.postMessage(shrunk, [shrunk.full.content, shrunk.thumbnail.content])
  } catch {
    scope.postMessage(null)
  }
}
