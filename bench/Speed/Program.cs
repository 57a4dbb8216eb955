using System.CommandLine;
using DklActors.Speed.Looping;
using DklActors.Measuring;
using DklActors.Speed.Predicting;
using DklActors.Speed.Products;
using DklActors.Speed.Training;

var rounds = new Option<int>("--rounds") { Description = "Turns of every timing.", DefaultValueFactory = _ => 15 };
var only = new Option<string[]>("--only")
{
    Description = "products, training, posteriors, embedding or loop; all if left out.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => ["products", "training", "posteriors", "embedding", "loop"],
};
only.AcceptOnlyFromAmong("products", "training", "posteriors", "embedding", "loop");
var data = new Option<string?>("--data")
{
    Description = "Folder of plasmon_sim's arrays for the loop; simulated particles if left out.",
};
var command = new RootCommand("Times the managed engine against its limits and its peers.")
{
    rounds, only, data,
};
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
            "embedding" => EmbeddingBench.Run,
            _ => (output, _) => LoopBench.Run(output, arguments.GetValue(data)),
        };
        run(report, arguments.GetValue(rounds));
    }
});
return command.Parse(args).Invoke();
