import { render } from 'preact'
import { App } from './screens/app.tsx'
import { start } from './state/index.ts'
import { frame_drawn } from './ui/frame_drawn.ts'

void start('', frame_drawn) // The storage opens while the frame is drawn.
const root = document.getElementById('app')
if (root) render(<App />, root)
