import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../messages/screens.ts'
import { Button } from '../ui/button.tsx'
import { heading_tool } from '../ui/heading_tool.ts'
import { Icon } from '../ui/icon.tsx'
import { Failed } from './failed.tsx'
import { failure } from './recording.ts'

type Step = 'opening' | 'looking' | 'taken' | 'no_camera'

interface CameraProps {
  /** What is taken a picture of. */
  title: string
  /** Of the phone's two cameras. */
  facing: 'environment' | 'user'
  /** Puts the picture that was chosen on the disk. Rejects with PhotoError or RecordError. */
  keep: (picture: Blob) => Promise<void>
  onClose: () => void
}

/** The phone's camera in the page: look, take, look again, use. Where there is none, the phone's own camera app or a picture. */
export function Camera({ title, facing, keep, onClose }: CameraProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const video = useRef<HTMLVideoElement>(null)
  const [step, set_step] = useState<Step>('opening')
  const [taken, set_taken] = useState<{ picture: Blob; url: string } | null>(null)
  const [keeping, set_keeping] = useState(false)
  const [failed, set_failed] = useState<unknown>(null)
  const Tool = heading_tool.value
  const stream = useCamera(video, facing, set_step)

  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  useEffect(() => () => (taken ? URL.revokeObjectURL(taken.url) : undefined), [taken])

  const look_at = (picture: Blob): void => {
    set_failed(null)
    set_taken({ picture, url: URL.createObjectURL(picture) })
    set_step('taken')
  }
  const shoot = async () => {
    if (video.current) look_at(await frame_of(video.current))
  }
  const again = () => {
    set_taken(null)
    set_step(stream.current ? 'looking' : 'no_camera')
  }
  const use = async () => {
    if (!taken || keeping) return
    set_keeping(true)
    try {
      await keep(taken.picture)
      onClose()
    } catch (error) {
      set_failed(error)
      set_keeping(false)
    }
  }
  return (
    <dialog class="camera" ref={dialog} aria-label={title} onClose={onClose}>
      <button
        type="button"
        class="camera-close"
        aria-label={t('close')}
        onClick={() => dialog.current?.close()}
      >
        <Icon name="close" />
      </button>
      {Tool && <Tool />}
      <div class="camera-view" data-say="say_camera">
        <video
          ref={video}
          autoplay
          muted
          playsInline
          hidden={step !== 'looking'}
          aria-label={t('camera_view')}
        />
        {taken && <img src={taken.url} alt={t('photo_taken')} />}
        {step === 'no_camera' && <p>{t('no_camera')}</p>}
        {step === 'opening' && <p role="status">{t('loading')}</p>}
      </div>
      <Failed error={failed} words={picture_failure} />
      <div class="camera-row">
        {taken ? (
          <>
            <Button icon="undo" disabled={keeping} onClick={again}>
              {t('photo_again')}
            </Button>
            <Button kind="save" icon="check" disabled={keeping} onClick={() => void use()}>
              {t('photo_use')}
            </Button>
          </>
        ) : (
          <>
            {step === 'looking' && (
              <button type="button" class="shutter" aria-label={t('photo_take')} onClick={() => void shoot()}>
                <Icon name="camera" />
              </button>
            )}
            <FileInput capture={step === 'no_camera' ? facing : null} onPicture={look_at} />
          </>
        )}
      </div>
    </dialog>
  )
}

/** This camera, for as long as the screen stands. */
function useCamera(
  video: { current: HTMLVideoElement | null },
  facing: 'environment' | 'user',
  set_step: (step: Step) => void,
) {
  const stream = useRef<MediaStream | null>(null)
  useEffect(() => {
    let gone = false
    const stop = () => {
      for (const track of stream.current?.getTracks() ?? []) track.stop()
    }
    const open = async () => {
      const wanted = { facingMode: { ideal: facing }, width: { ideal: 1280 }, height: { ideal: 960 } }
      stream.current = await navigator.mediaDevices.getUserMedia({ video: wanted })
      if (gone) return stop()
      if (video.current) video.current.srcObject = stream.current
      set_step('looking')
    }
    open().catch(() => !gone && set_step('no_camera')) // None, refused, in use, or a page that may not.
    return () => {
      gone = true
      stop()
    }
  }, [])
  return stream
}

/** What the camera shows now; the first it shows, where a finger was faster. */
async function frame_of(video: HTMLVideoElement): Promise<Blob> {
  if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA)
    await new Promise((shown) => video.addEventListener('loadeddata', shown, { once: true }))
  const canvas = document.createElement('canvas')
  canvas.width = video.videoWidth
  canvas.height = video.videoHeight
  canvas.getContext('2d')?.drawImage(video, 0, 0)
  return new Promise((done, fail) =>
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('no picture'))), 'image/jpeg', 0.92),
  )
}

interface FileInputProps {
  capture: 'environment' | 'user' | null
  onPicture: (picture: Blob) => void
}

/** A picture that is here already; where the page has no camera, the phone's own one. */
const FileInput = ({ capture, onPicture }: FileInputProps) => (
  <label class={`button ${capture ? 'main' : 'plain'} file-input`}>
    <Icon name={capture ? 'camera' : 'file'} />
    <span>{t(capture ? 'photo_take' : 'photo_choose')}</span>
    <input
      class="unseen"
      type="file"
      accept="image/*"
      {...(capture ? { capture } : {})}
      onChange={(event) => {
        const [picture] = event.currentTarget.files ?? []
        if (picture) onPicture(picture)
      }}
    />
  </label>
)

const picture_failure = (error: unknown): string =>
  (error as { code?: string }).code === 'not_a_picture' ? t('not_a_picture') : failure(error)
