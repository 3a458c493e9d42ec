import { render } from 'preact'
import { App } from './screens/app.tsx'
import { start } from './state/index.ts'

const root = document.getElementById('app')
if (root) render(<App />, root)
void start()
