//! Starts `keras-shapes server --stdio`, from the environment of the project or from PATH.

use zed_extension_api::{self as zed, settings::LspSettings, LanguageServerId, Result, Worktree};

struct KerasShapes;

impl zed::Extension for KerasShapes {
    fn new() -> Self {
        KerasShapes
    }

    fn language_server_command(&mut self, _: &LanguageServerId, worktree: &Worktree) -> Result<zed::Command> {
        let command = worktree
            .which("keras-shapes")
            .ok_or("keras-shapes is not on PATH: install it with pip, pipx or uv")?;
        Ok(zed::Command {
            command,
            args: vec!["server".into(), "--stdio".into()],
            env: worktree.shell_env(),
        })
    }

    fn language_server_workspace_configuration(
        &mut self,
        server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<zed::serde_json::Value>> {
        let settings = LspSettings::for_worktree(server.as_ref(), worktree)?.settings;
        Ok(settings.map(|values| zed::serde_json::json!({ "keras-shapes": values })))
    }
}

zed::register_extension!(KerasShapes);
