using DklActors.Host.Commands;
using DklActors.Host.Replaying;

namespace DklActors.Host.Tests.Replaying;

public sealed class WhatIfChangesTests
{
    [Theory]
    [InlineData("acquisition=ucb", "planner.acquisition=upper-confidence-bound")]
    [InlineData("planner.acquisition=ei", "planner.acquisition=expected-improvement")]
    [InlineData("acquisition=thompson", "planner.acquisition=thompson")]
    [InlineData(
        "acquisition=random until 8, then thompson",
        "planner.acquisition=schedule|planner.schedule=random until 8, then thompson")]
    [InlineData("model=atomai", "learning.model=atomai")]
    [InlineData("scalarizer=peak-maximum", "scalarizer.kind=peak-maximum")]
    [InlineData(
        "scalarizer=window-ratio 1 eV .. 2 eV over 3 eV .. 4 eV",
        "scalarizer.kind=window-ratio|scalarizer.window=1 eV .. 2 eV|scalarizer.reference=3 eV .. 4 eV")]
    [InlineData("patch = 9 px", "patch=9 px")]
    public void A_choice_is_taken_as_keys_of_the_recipe(string text, string keys) =>
        WhatIfChanges.Parse([text]).Overrides.Select(entry => $"{entry.Key}={entry.Value}")
            .Should().Equal(keys.Split('|'));

    [Theory]
    [InlineData("acquisition")]
    [InlineData("=ucb")]
    [InlineData("acquisition=")]
    public void A_choice_without_key_or_value_is_refused(string text)
    {
        Action parsing = () => WhatIfChanges.Parse([text]);

        parsing.Should().Throw<UsageException>().WithMessage($"*--what-if {text}*key=value*");
    }

    [Fact]
    public void The_folder_is_named_after_the_choices() =>
        WhatIfChanges.Parse(["acquisition=ucb", "patch=9 px"]).FolderName
            .Should().Be("what-if-acquisition-ucb-patch-9-px");
}
