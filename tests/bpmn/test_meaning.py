"""Random processes do what their blocks mean, whether saved after every step or kept alive."""

import random
from itertools import count

import pytest

from engine.bpmn.check import check
from tests.bpmn.blocks import Inside, drawn, random_block, visible
from tests.bpmn.world import World

SEEDS = 40
STEPS = 60


@pytest.mark.parametrize("saves", [False, True], ids=["live", "saved"])
@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_process_does_what_its_blocks_mean(seed, saves):
    dice = random.Random(seed)  # noqa: S311 -- a repeatable walk, not a secret
    numbers = count()
    block = random_block(dice, numbers, 4)
    world = World(drawn(block, numbers), "whole", saves=saves)
    written = play(world, block.begin(), dice)
    if world.process.is_finished:
        data = world.process.variables
        kept = {name: number for name, number in written.items() if name in visible(block)}
        assert {name: data[name]["number"] for name in kept} == kept


def play(world, player, dice):
    """Do the same to both until the end; return what each task was last given."""
    written = {}
    for number in range(STEPS):
        assert world.open() == sorted(player.open())
        assert world.process.is_finished == player.done
        if player.done:
            break
        if dice.random() < 0.2:
            assert world.advance(hours=1) == player.nudge()
            continue
        name = dice.choice(sorted(player.open()))
        outcome = dice.choice(["left", "right"])
        world.complete(name, outcome, number=number)
        player.complete(name, outcome)
        written[name] = number
    return written


@pytest.mark.parametrize("seed", range(SEEDS))
def test_check_finds_nothing_wrong_with_well_formed_blocks(seed):
    dice = random.Random(seed)  # noqa: S311 -- a repeatable walk, not a secret
    numbers = count()
    block = Inside(random_block(dice, numbers, 3), called=False)
    found = check(drawn(block, numbers), services={}, forms={}, roles=())
    ignored = ("没有服务", "没有表单", "用户任务不在", "没有英文", "没有名称", "每次循环")
    assert [fault for fault in found if not fault.text.startswith(ignored)] == []
