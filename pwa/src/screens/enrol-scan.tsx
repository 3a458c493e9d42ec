import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../messages/enrol.ts'
import { t as say } from '../messages/screens.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'

const LOOK_EVERY_MS = 300
const SIDE_MAX_PX = 1280

/** The code of an invitation in what was scanned or pasted: its whole link, of this server, or the code alone. */
export function code_in(text: string): string | null {
  const trimmed = text.trim()
  if (/^[\w-]{16,64}$/.test(trimmed)) return trimmed
  const [, origin, code] = /^(https?:\/\/[^/]+)\/app\/?#enrol=([\w-]+)$/.exec(trimmed) ?? []
  return origin === location.origin && code ? code : null
}

/** Reads the QR of a manager's screen with the camera; else from a picture, or what is pasted. */
export function Scan({ onCode }: { onCode: (code: string) => void }) {
  const [wrong, set_wrong] = useState<'scan_nothing' | 'scan_other' | null>(null)
  const [pasted, set_pasted] = useState('')
  const take = (text: string | null): void => {
    const code = text === null ? null : code_in(text)
    if (code) onCode(code)
    else set_wrong(text === null ? 'scan_nothing' : 'scan_other')
  }
  return (
    <>
      <h1>{say('scan_invitation')}</h1>
      <CameraView onText={take} />
      <label class="button plain file-input">
        <Icon name="file" />
        <span>{t('scan_picture')}</span>
        <input
          class="unseen"
          type="file"
          accept="image/*"
          onChange={(event) => {
            const [picture] = event.currentTarget.files ?? []
            if (picture) void read_picture(picture).then(take, () => take(null))
          }}
        />
      </label>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          take(pasted)
        }}
      >
        <Field
          label={t('scan_paste')}
          value={pasted}
          onChange={set_pasted}
          input={{ autocomplete: 'off', autocapitalize: 'none', spellcheck: false }}
        />
        {pasted && (
          <Button submit icon="arrow">
            {t('scan_use')}
          </Button>
        )}
      </form>
      <div role="alert">
        {wrong && (
          <Banner tone="warn" icon="alert">
            {t(wrong)}
          </Banner>
        )}
      </div>
    </>
  )
}

/** Looks a few times a second, until something is read. */
function CameraView({ onText }: { onText: (text: string) => void }) {
  const video = useRef<HTMLVideoElement>(null)
  const [failed, set_failed] = useState(false)
  useEffect(() => {
    let stream: MediaStream | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    let gone = false
    const look = async (): Promise<void> => {
      const text = video.current?.videoWidth ? await read(video.current).catch(() => null) : null
      if (gone) return
      if (text) onText(text)
      timer = setTimeout(() => void look(), LOOK_EVERY_MS)
    }
    const open = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: { ideal: 'environment' } } })
      if (gone || !video.current) return stop()
      video.current.srcObject = stream
      void look()
    }
    const stop = () => {
      gone = true
      clearTimeout(timer)
      for (const track of stream?.getTracks() ?? []) track.stop()
    }
    open().catch(() => set_failed(true))
    return stop
  }, [])
  if (failed) return <p>{t('scan_no_camera')}</p>
  return (
    <>
      <p>{t('scan_how')}</p>
      <video class="scan" ref={video} autoplay muted playsInline aria-label={t('scan_view')} />
    </>
  )
}

async function read_picture(file: Blob): Promise<string | null> {
  return read(await createImageBitmap(file))
}

interface Detector {
  detect(source: ImageBitmapSource): Promise<{ rawValue: string }[]>
}

/** By the browser itself where it can, else by a library that comes only then. Null: no code in it. */
async function read(source: HTMLVideoElement | ImageBitmap): Promise<string | null> {
  const Native = (globalThis as { BarcodeDetector?: new (options: object) => Detector }).BarcodeDetector
  if (Native) {
    const found = await new Native({ formats: ['qr_code'] }).detect(source).catch(() => null)
    if (found) return found[0]?.rawValue ?? null
  }
  const { data, width, height } = pixels_of(source)
  const { default: read_qr } = await import('jsqr')
  return read_qr(data, width, height)?.data ?? null
}

function pixels_of(source: HTMLVideoElement | ImageBitmap): ImageData {
  const [width, height] =
    source instanceof ImageBitmap ? [source.width, source.height] : [source.videoWidth, source.videoHeight]
  const scale = Math.min(1, SIDE_MAX_PX / Math.max(width, height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('no canvas')
  context.drawImage(source, 0, 0, canvas.width, canvas.height)
  return context.getImageData(0, 0, canvas.width, canvas.height)
}
