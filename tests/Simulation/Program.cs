using DklActors.Simulation.Campaigns;

return Campaign.Run(args);
