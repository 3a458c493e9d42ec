import { download } from '../../state/file.ts'
import { language } from '../../state/index.ts'
import { fetch_sheet } from '../../state/staff_money.ts'
import { Button } from '../../ui/button.tsx'
import { Failed } from '../failed.tsx'
import { useAsking } from './ask-sheet.tsx'
import { error_words } from './money-words.ts'

/** Fetches the sheet to print and sign. */
export function SheetButton({ asked, label }: { asked: { batch?: string; season?: string }; label: string }) {
  const asking = useAsking()
  const fetch = () => void asking.run(async () => download(await fetch_sheet(asked, language.value)))
  return (
    <>
      <Button icon="download" disabled={asking.running} onClick={fetch}>
        {label}
      </Button>
      <Failed error={asking.failed} words={error_words} />
    </>
  )
}
