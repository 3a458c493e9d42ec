import '../../styles/voice.css'
import { useEffect, useState } from 'preact/hooks'
import { t } from '../../messages/screens.ts'
import { read_choice, speaks_by_itself } from '../../state/voice.ts'
import { heading_tool } from '../../ui/heading_tool.ts'
import { Icon } from '../../ui/icon.tsx'
import { lazy } from '../../ui/lazy.tsx'

const Speaking = lazy(() => import('./speaking.tsx')).part((module) => module.default)

/** Says what this screen is for, and what it tells. Leaving the screen ends it. */
export function Loudspeaker() {
  const [speaking, set_speaking] = useState<'asked' | 'by_itself' | null>(null)
  useEffect(() => {
    void read_choice()
      .then(() => {
        if (speaks_by_itself.value) set_speaking('by_itself')
      })
      .catch(() => {}) // Listening to it needs a tap then.
  }, [])
  return (
    <>
      <button
        type="button"
        class="loudspeaker"
        aria-label={t('listen')}
        aria-pressed={speaking !== null}
        onClick={() => set_speaking(speaking ? null : 'asked')}
      >
        <Icon name="voice" />
      </button>
      {speaking && <Speaking by_itself={speaking === 'by_itself'} onEnd={() => set_speaking(null)} />}
    </>
  )
}

heading_tool.value = Loudspeaker
