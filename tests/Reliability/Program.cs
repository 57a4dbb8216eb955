using DklActors.Reliability.Campaigns;
using DklActors.Reliability.Processes;

return args is [VictimArguments.Word, ..]
    ? await Victim.RunAsync(VictimArguments.Parse(args)).ConfigureAwait(false)
    : await KillCampaign.RunAsync(args).ConfigureAwait(false);
