import { useEffect, useState } from 'preact/hooks'
import { t } from '../messages/accounts.ts'
import { session } from '../state/index.ts'
import { drop_portrait, portrait, read_portrait, set_portrait } from '../state/portrait.ts'
import { Button } from '../ui/button.tsx'
import { lazy } from '../ui/lazy.tsx'
import { Weave } from '../ui/weave.tsx'
import { Failed } from './failed.tsx'
import { useRecording } from './recording.ts'

const Camera = lazy(() => import('./camera.tsx')).part((screen) => screen.Camera)

/** The own picture in the picker: taken or chosen here, kept on this phone alone. */
export function Portrait() {
  const [open, set_open] = useState(false)
  const { user } = session.value ?? {}
  const dropping = useRecording()
  useEffect(() => void read_portrait().catch(() => {}), [user?.id])
  if (!user) return null
  const shown = portrait.value
  return (
    <div class="stack">
      <div class="portrait">
        <Weave name={user.name} photo={shown} />
        <p class="soft">{t('portrait_why')}</p>
      </div>
      <div class="buttons">
        <Button icon="camera" onClick={() => set_open(true)}>
          {t(shown ? 'portrait_change' : 'portrait_set')}
        </Button>
        {shown && (
          <Button icon="close" onClick={() => void dropping.run(drop_portrait)}>
            {t('portrait_drop')}
          </Button>
        )}
      </div>
      <Failed error={dropping.failed} />
      {open && (
        <Camera title={t('portrait')} facing="user" keep={set_portrait} onClose={() => set_open(false)} />
      )}
    </div>
  )
}
