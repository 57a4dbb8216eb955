using DklActors.Host.Commands;

return await DklCommand.InvokeAsync(args, TimeProvider.System).ConfigureAwait(false);
