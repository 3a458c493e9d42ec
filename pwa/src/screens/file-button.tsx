import { useState } from 'preact/hooks'
import { t } from '../messages/screens.ts'
import { Button } from '../ui/button.tsx'
import { lazy } from '../ui/lazy.tsx'

const sheets = lazy(() => import('./file-sheets.tsx'))
const SaveFile = sheets.part(({ SaveFile }) => SaveFile)
const TakeBack = sheets.part(({ TakeBack }) => TakeBack)

/** Opens the sheet that saves what is only here to a file, or the one that takes it back. */
export function FileButton({ kind }: { kind: 'save_file' | 'take_back' }) {
  const [open, set_open] = useState(false)
  const Opened = kind === 'save_file' ? SaveFile : TakeBack
  return (
    <>
      <Button icon="file" onClick={() => set_open(true)}>
        {t(kind)}
      </Button>
      {open && <Opened onClose={() => set_open(false)} />}
    </>
  )
}
