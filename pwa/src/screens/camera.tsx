import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../messages/screens.ts'
import { keep_photo } from '../state/index.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { failure } from './recording.ts'

type Step = 'opening' | 'looking' | 'taken' | 'no_camera'

interface CameraProps {
  /** The photo is kept on this phone. */
  onTaken: (photo: string) => void
  onClose: () => void
}

/** The phone's camera in the page: look, take, look again, use. Where there is none, the phone's own camera app or a picture. */
export function Camera({ onTaken, onClose }: CameraProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const video = useRef<HTMLVideoElement>(null)
  const [step, set_step] = useState<Step>('opening')
  const [taken, set_taken] = useState<{ picture: Blob; url: string } | null>(null)
  const [keeping, set_keeping] = useState(false)
  const [failed, set_failed] = useState<unknown>(null)
  const stream = useCamera(video, set_step)

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
      onTaken(await keep_photo(taken.picture))
    } catch (error) {
      set_failed(error)
      set_keeping(false)
    }
  }
  return (
    <dialog class="camera" ref={dialog} aria-label={t('photo')} onClose={onClose}>
      <button
        type="button"
        class="camera-close"
        aria-label={t('close')}
        onClick={() => dialog.current?.close()}
      >
        <Icon name="close" />
      </button>
      <div class="camera-view">
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
      {failed !== null && (
        <Banner tone="bad" icon="alert">
          {(failed as { code?: string }).code === 'not_a_picture' ? t('not_a_picture') : failure(failed)}
        </Banner>
      )}
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
            <FileInput camera={step === 'no_camera'} onPicture={look_at} />
          </>
        )}
      </div>
    </dialog>
  )
}

/** The back camera, for as long as the screen stands. */
function useCamera(video: { current: HTMLVideoElement | null }, set_step: (step: Step) => void) {
  const stream = useRef<MediaStream | null>(null)
  useEffect(() => {
    let gone = false
    const stop = () => {
      for (const track of stream.current?.getTracks() ?? []) track.stop()
    }
    const open = async () => {
      const wanted = { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 960 } }
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

/** What the camera shows now. */
function frame_of(video: HTMLVideoElement): Promise<Blob> {
  const canvas = document.createElement('canvas')
  canvas.width = video.videoWidth
  canvas.height = video.videoHeight
  canvas.getContext('2d')?.drawImage(video, 0, 0)
  return new Promise((done, fail) =>
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('no picture'))), 'image/jpeg', 0.92),
  )
}

/** A picture that is here already; where the page has no camera, the phone's own one. */
const FileInput = ({ camera, onPicture }: { camera: boolean; onPicture: (picture: Blob) => void }) => (
  <label class={`button ${camera ? 'main' : 'plain'} file-input`}>
    <Icon name={camera ? 'camera' : 'file'} />
    <span>{t(camera ? 'photo_take' : 'photo_choose')}</span>
    <input
      class="unseen"
      type="file"
      accept="image/*"
      {...(camera ? { capture: 'environment' } : {})}
      onChange={(event) => {
        const [picture] = event.currentTarget.files ?? []
        if (picture) onPicture(picture)
      }}
    />
  </label>
)
