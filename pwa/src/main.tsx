import { render } from 'preact'
import { App } from './screens/app.tsx'
import { start } from './state/index.ts'

void start() // The storage opens while the frame is drawn.
const root = document.getElementById('app')
if (root) render(<App />, root)
