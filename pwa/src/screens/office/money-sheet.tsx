import { useState } from 'preact/hooks'
import { download } from '../../state/file.ts'
import { language } from '../../state/index.ts'
import { fetch_sheet } from '../../state/staff_money.ts'
import { Banner } from '../../ui/banner.tsx'
import { Button } from '../../ui/button.tsx'
import { error_words } from './money-words.ts'

/** Fetches the sheet to print and sign. */
export function SheetButton({ asked, label }: { asked: { batch?: string; season?: string }; label: string }) {
  const [state, set_state] = useState<'fetching' | { failed: unknown } | null>(null)
  const fetch = () => {
    set_state('fetching')
    fetch_sheet(asked, language.value).then(
      (file) => {
        download(file)
        set_state(null)
      },
      (failed: unknown) => set_state({ failed }),
    )
  }
  return (
    <>
      <Button icon="download" disabled={state === 'fetching'} onClick={fetch}>
        {label}
      </Button>
      {state !== null && state !== 'fetching' && (
        <Banner tone="bad" icon="alert">
          {error_words(state.failed)}
        </Banner>
      )}
    </>
  )
}
