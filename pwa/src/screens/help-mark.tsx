import { useState } from 'preact/hooks'
import { t } from '../messages/screens.ts'
import { help_tool } from '../ui/heading_tool.ts'
import { Icon } from '../ui/icon.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { help } from './help-link.tsx'

const About = help.part((module) => module.About)

/** Opens the guide's page about this screen over it: nothing that is half typed is left. `page`: not by the address. */
export function HelpMark({ page }: { page?: string }) {
  const [open, set_open] = useState(false)
  return (
    <>
      <button type="button" class="loudspeaker" aria-label={t('help')} onClick={() => set_open(true)}>
        <Icon name="question" />
      </button>
      {open && (
        <Sheet title={t('help')} onClose={() => set_open(false)}>
          <About page={page} />
        </Sheet>
      )}
    </>
  )
}

/** Beside the heading, about the screen at this address. */
export const HelpTool = () => <HelpMark />

help_tool.value = HelpTool
