using System.CommandLine;
using DklActors.Speed.Measuring;
using DklActors.Speed.Predicting;
using DklActors.Speed.Products;
using DklActors.Speed.Training;

var rounds = new Option<int>("--rounds") { Description = "Turns of every timing.", DefaultValueFactory = _ => 15 };
var only = new Option<string[]>("--only")
{
    Description = "products, training, posteriors or embedding; all if left out.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => ["products", "training", "posteriors", "embedding"],
};
only.AcceptOnlyFromAmong("products", "training", "posteriors", "embedding");
var command = new RootCommand("Times the managed engine against its limits and its peers.") { rounds, only };
command.SetAction(arguments =>
{
    var report = new Report(Console.Out);
    foreach (string part in arguments.GetValue(only)!)
    {
        Action<Report, int> run = part switch
        {
            "products" => ProductBench.Run,
            "training" => TrainingBench.Run,
            "posteriors" => PosteriorBench.Run,
            _ => EmbeddingBench.Run,
        };
        run(report, arguments.GetValue(rounds));
    }
});
return command.Parse(args).Invoke();
