import '../styles/voice.css'
import { useEffect, useState } from 'preact/hooks'
import { t } from '../messages/screens.ts'
import { heading_tool } from '../ui/heading_tool.ts'
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
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M4 9v6h4l5 4V5L8 9zM16 9a4 4 0 0 1 0 6M18.500 6.500a8 8 0 0 1 0 11" />
        </svg>
      </button>
      {speaking && <Speaking onEnd={() => set_speaking(false)} />}
    </>
  )
}

heading_tool.value = Loudspeaker
