/** The microphone: one sentence after another, each at most as long as the server takes it. */

export const CLIP_MS_MAX = 30_000
const CLIP_MS_MIN = 300
/** Speech is clear at this rate, and thirty seconds of it are 90 KB. */
const BITS_PER_SECOND = 24_000
const TYPES = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus']

export type MicrophoneCode = 'refused' | 'none' | 'too_short'

export class MicrophoneError extends Error {
  constructor(
    readonly code: MicrophoneCode,
    cause?: unknown,
  ) {
    super(code, { cause })
    this.name = 'MicrophoneError'
  }
}

export interface Recording {
  type: string
  content: ArrayBuffer
  duration_ms: number
}

export class Microphone {
  private readonly audio = new AudioContext()
  private readonly analyser = this.audio.createAnalyser()
  private readonly samples = new Uint8Array(this.analyser.fftSize)

  private constructor(private readonly stream: MediaStream) {
    this.audio.createMediaStreamSource(stream).connect(this.analyser)
  }

  /** Asks the person the first time. Rejects with MicrophoneError. */
  static async open(): Promise<Microphone> {
    if (!navigator.mediaDevices || typeof MediaRecorder === 'undefined') throw new MicrophoneError('none')
    const wanted = { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true }
    try {
      return new Microphone(await navigator.mediaDevices.getUserMedia({ audio: wanted }))
    } catch (error) {
      const refused = (error as DOMException | null)?.name === 'NotAllowedError'
      throw new MicrophoneError(refused ? 'refused' : 'none', error)
    }
  }

  /** How loud it is now, 0 to 1. */
  level(): number {
    this.analyser.getByteTimeDomainData(this.samples)
    return this.samples.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample - 128)), 0) / 128
  }

  /** Records until `stop` settles, or as long as a clip may be. Rejects with MicrophoneError. */
  async record(stop: Promise<void>): Promise<Recording> {
    const type = TYPES.find((each) => MediaRecorder.isTypeSupported(each))
    const recorder = new MediaRecorder(this.stream, {
      ...(type ? { mimeType: type } : {}),
      audioBitsPerSecond: BITS_PER_SECOND,
    })
    const parts: Blob[] = []
    recorder.ondataavailable = ({ data }) => parts.push(data)
    const ended = new Promise<void>((done) => {
      recorder.onstop = () => done()
    })
    recorder.start()
    const began_ms = performance.now()
    const longest = setTimeout(() => recorder.state !== 'inactive' && recorder.stop(), CLIP_MS_MAX - 500)
    await Promise.race([stop, ended])
    clearTimeout(longest)
    const duration_ms = Math.min(CLIP_MS_MAX, Math.round(performance.now() - began_ms))
    if (recorder.state !== 'inactive') recorder.stop()
    await ended
    if (duration_ms < CLIP_MS_MIN) throw new MicrophoneError('too_short')
    const content = await new Blob(parts).arrayBuffer()
    return { type: (recorder.mimeType || type || '').split(';')[0] ?? '', content, duration_ms }
  }

  close(): void {
    for (const track of this.stream.getTracks()) track.stop()
    void this.audio.close()
  }
}
