import '../styles/voice.css'
import { useEffect, useState } from 'preact/hooks'
import { t } from '../messages/screens.ts'
import { heading_tool } from '../ui/heading_tool.ts'
import { Icon } from '../ui/icon.tsx'
import { lazy } from '../ui/lazy.tsx'
import { read_choice, speaks_by_itself } from './choice.ts'

const Speaking = lazy(() => import('./speaking.tsx')).part((module) => module.default)

/** Says what this screen is for, and what it tells. Leaving the screen ends it. */
export function Loudspeaker() {
  const [speaking, set_speaking] = useState(false)
  useEffect(() => {
    void read_choice()
      .then(() => {
        if (speaks_by_itself.value) set_speaking(true)
      })
      .catch(() => {}) // Listening to it needs a tap then.
  }, [])
  return (
    <>
      <button
        type="button"
        class="loudspeaker"
        aria-label={t('listen')}
        aria-pressed={speaking}
        onClick={() => set_speaking(!speaking)}
      >
        <Icon name="voice" />
      </button>
      {speaking && <Speaking onEnd={() => set_speaking(false)} />}
    </>
  )
}

heading_tool.value = Loudspeaker
