import '../styles/photo.css'
import { useState } from 'preact/hooks'
import { t } from '../messages/screens.ts'
import { keep_photo, photos } from '../state/index.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { lazy } from '../ui/lazy.tsx'

const Camera = lazy(() => import('./camera.tsx')).part((screen) => screen.Camera)

interface PhotoFieldProps {
  photo: string | null
  /** Before the camera opens: it may kill the page. */
  keep?: () => Promise<void>
  onChange: (photo: string | null) => void
}

/** What can be done about the photo of goods: take it, take it anew, take it away. */
export function PhotoField({ photo, keep, onChange }: PhotoFieldProps) {
  const [open, set_open] = useState(false)
  const begin = async () => {
    await keep?.()
    set_open(true)
  }
  return (
    <div class="stack">
      <div class="buttons">
        <Button icon="camera" onClick={() => void begin()}>
          {t(photo ? 'photo_change' : 'photo_add')}
        </Button>
        {photo && (
          <Button icon="close" onClick={() => onChange(null)}>
            {t('photo_remove')}
          </Button>
        )}
      </div>
      {photo && photos.value.refused.has(photo) && (
        <Banner tone="warn" icon="alert">
          {t('photo_refused')}
        </Banner>
      )}
      {open && (
        <Camera
          title={t('photo')}
          facing="environment"
          keep={async (picture) => onChange(await keep_photo(picture))}
          onClose={() => set_open(false)}
        />
      )}
    </div>
  )
}
